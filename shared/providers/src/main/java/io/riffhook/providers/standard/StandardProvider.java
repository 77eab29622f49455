package io.riffhook.providers.standard;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonPointer;
import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Callback;
import io.riffhook.domain.Capabilities;
import io.riffhook.domain.Format;
import io.riffhook.domain.Inbound;
import io.riffhook.domain.Lookup;
import io.riffhook.domain.Opened;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Provider;
import io.riffhook.domain.Reasons;
import io.riffhook.domain.Registration;
import io.riffhook.domain.Settings;
import io.riffhook.domain.SubmitOutcome;
import io.riffhook.providers.http.Endpoint;
import io.riffhook.providers.http.ProviderHttp;
import io.riffhook.providers.http.ProviderJson;
import io.riffhook.providers.http.Reply;
import io.riffhook.providers.http.Token;
import io.riffhook.providers.standard.StandardMapping.Call;
import io.riffhook.providers.standard.StandardMapping.Webhook;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Any API of the common kind, by a mapping of its fields. It calls back where the mapping says how
 * to ask for that and a secret to check the signature is set; else its jobs are asked about.
 */
public final class StandardProvider implements Provider {
  /** Its name in settings, requests and callback paths. */
  public static final String NAME = "standard";

  static final String TOKEN = "STANDARD_TOKEN";

  private static final String BASE_URL = "STANDARD_BASE_URL";
  private static final String WEBHOOK_SECRET = "STANDARD_WEBHOOK_SECRET";

  /** Where no base URL is set: a host that can never be (RFC 6761), and is never asked. */
  private static final String NOWHERE = "https://standard.invalid";

  /** The whole budget of the call that a caller waits for; the HTTP API cuts at 30 s. */
  private static final Duration SUBMIT_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration READ_TIMEOUT = Duration.ofSeconds(15);

  /** Before any mapping could be read. A job that names no format then gets MP3. */
  private static final Capabilities NOT_KNOWN =
      new Capabilities(
          NAME,
          new EnumMap<>(Operation.Kind.class),
          Set.of(Format.MP3),
          List.of(),
          false,
          Duration.ofSeconds(15),
          Set.of());

  private static final Logger LOG = LoggerFactory.getLogger(StandardProvider.class);

  private final Settings settings;
  private final StandardSignature signature;
  private volatile Optional<Mapped> last = Optional.empty();

  private StandardProvider(Settings settings) {
    this.settings = settings;
    this.signature =
        new StandardSignature(
            () -> StandardSignature.keys(WEBHOOK_SECRET, settings.require(WEBHOOK_SECRET)));
  }

  /**
   * The adapter for {@code STANDARD_BASE_URL} with {@code STANDARD_TOKEN}, by {@code
   * STANDARD_MAPPING}. All of them are read at each use: a mapping that is wrong is an error of the
   * call that needs it.
   */
  public static StandardProvider from(Settings settings) {
    return new StandardProvider(settings);
  }

  /**
   * What a mapping comes to.
   *
   * @param text the setting's value
   */
  private record Mapped(
      String text, StandardMapping mapping, ProviderHttp http, StandardAnswers answers) {}

  /**
   * Returns what the setting says now. It is parsed again only when its text changes.
   *
   * @throws Settings.UnusableSettingException if the mapping cannot be read or is wrong
   */
  private Mapped mapped() {
    String text = settings.find(MappingPart.SETTING).orElseGet(StandardProvider::defaultMapping);
    Optional<Mapped> known = last.filter(each -> each.text().equals(text));
    if (known.isPresent()) {
      return known.get();
    }
    try {
      StandardMapping mapping = MappingReader.read(text);
      Supplier<Endpoint> endpoint =
          () -> Endpoint.of(settings, BASE_URL, NOWHERE, mapping.fileHosts());
      ProviderHttp http = new ProviderHttp(endpoint, new AddressedToken(settings), mapping.auth());
      Mapped mapped = new Mapped(text, mapping, http, new StandardAnswers(mapping));
      last = Optional.of(mapped);
      return mapped;
    } catch (IllegalArgumentException e) {
      throw Settings.UnusableSettingException.invalid(e);
    }
  }

  /** Whether it calls back. The secret itself is read only when a callback comes. */
  private boolean webhooks(StandardMapping mapping) {
    return mapping.webhook().isPresent() && settings.isSet(WEBHOOK_SECRET);
  }

  /** The token of a provider that has no address unless one is set. */
  private record AddressedToken(Settings settings) implements Token {
    @Override
    public String value() {
      if (!settings.isSet(BASE_URL)) {
        throw new Settings.MissingSettingException(BASE_URL);
      }
      return settings.require(TOKEN);
    }

    @Override
    public boolean isReplaced(String refused) {
      return settings.isReplaced(TOKEN, refused);
    }
  }

  private static String defaultMapping() {
    try (InputStream in = StandardProvider.class.getResourceAsStream("default-mapping.json")) {
      if (in == null) {
        throw new IllegalStateException("default-mapping.json is not beside this class");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  /** By the mapping; if that is unusable, by the last one that was not. */
  @Override
  public Capabilities capabilities() {
    StandardMapping mapping;
    try {
      mapping = mapped().mapping();
    } catch (Settings.UnusableSettingException _) {
      if (last.isEmpty()) {
        return NOT_KNOWN;
      }
      mapping = last.get().mapping();
    }
    return StandardCapabilities.of(mapping, webhooks(mapping));
  }

  @Override
  public Optional<String> fault() {
    try {
      mapped();
      return Optional.empty();
    } catch (Settings.UnusableSettingException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  @Override
  public SubmitOutcome submit(Order order) {
    Mapped mapped = mapped();
    StandardMapping mapping = mapped.mapping();
    Operation.Kind kind = order.operation().kind();
    if (!mapping.operations().containsKey(kind)) {
      // The job was written down under another mapping.
      return new SubmitOutcome.Refused(
          Reasons.refused(NAME, MappingPart.SETTING + " has no operation " + kind.value()));
    }
    Call call = mapping.create().call();
    String path = call.path().replace("{reference}", Endpoint.segment(order.job().value()));
    StandardRequests requests = new StandardRequests(mapping, webhooks(mapping));
    return mapped
        .answers()
        .submitted(mapped.http().send(call.method(), path, requests.create(order), SUBMIT_TIMEOUT));
  }

  @Override
  public Callback parseCallback(Inbound inbound) {
    StandardMapping mapping = mapped().mapping();
    if (!webhooks(mapping)) {
      return new Callback.Forged("it calls back only where " + WEBHOOK_SECRET + " is set");
    }
    JsonPointer at = mapping.webhook().map(Webhook::job).orElse(JsonPointer.empty());
    return signature
        .fault(inbound)
        .<Callback>map(Callback.Forged::new)
        .orElseGet(
            () -> StandardCallbacks.parse(inbound.body(), at, new StandardJobs(mapping.job())));
  }

  @Override
  public Lookup lookup(String providerJob, Optional<String> account) {
    Mapped mapped;
    try {
      mapped = mapped();
    } catch (Settings.UnusableSettingException e) {
      return new Lookup.NotNow(Reasons.unavailable(NAME, String.valueOf(e.getMessage())));
    }
    return mapped.answers().looked(read(mapped, providerJob), providerJob);
  }

  @Override
  public Stems stems(String providerSong, Optional<String> account) {
    SongName song = SongName.parse(providerSong);
    Mapped mapped;
    try {
      mapped = mapped();
    } catch (Settings.UnusableSettingException e) {
      return new Stems.NotNow(Reasons.unavailable(NAME, String.valueOf(e.getMessage())));
    }
    return mapped.mapping().songs().stems().isPresent()
        ? mapped.answers().stems(read(mapped, song.job()), song)
        : Provider.super.stems(providerSong, account);
  }

  private static Reply read(Mapped mapped, String id) {
    return mapped.http().get(withId(mapped.mapping().read().path(), id), READ_TIMEOUT);
  }

  @Override
  public Opened open(AssetSource source) {
    return switch (source) {
      case AssetSource.Link link -> open(link.uri());
      case AssetSource.Unreadable link -> new Opened.Gone(link.why());
      case AssetSource.ApiDownload _ -> new Opened.Gone("it has no call that gives files");
    };
  }

  private Opened open(URI link) {
    try {
      return mapped().http().openLink(link);
    } catch (Settings.UnusableSettingException e) {
      return new Opened.NotNow(String.valueOf(e.getMessage()));
    }
  }

  /** It takes links, so the file's own is its id there. */
  @Override
  public Registration register(SourceFile file) {
    return new Registration.Lent(file.link());
  }

  @Override
  public void cancel(List<String> providerJobs) {
    Mapped mapped;
    try {
      mapped = mapped();
    } catch (Settings.UnusableSettingException e) {
      LOG.warn("nothing is cancelled at the provider", e);
      return;
    }
    mapped
        .mapping()
        .cancel()
        .ifPresent(call -> providerJobs.forEach(id -> cancel(mapped.http(), call, id)));
  }

  private static void cancel(ProviderHttp http, Call call, String id) {
    String path = withId(call.path(), id);
    if (call.method().equals("DELETE")) {
      http.delete(path, READ_TIMEOUT);
    } else {
      http.send(call.method(), path, ProviderJson.object(), READ_TIMEOUT);
    }
  }

  private static String withId(String path, String id) {
    return path.replace("{id}", Endpoint.segment(id));
  }
}
