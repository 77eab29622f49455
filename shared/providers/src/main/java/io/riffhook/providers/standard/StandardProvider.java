package io.riffhook.providers.standard;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonPointer;
import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Callback;
import io.riffhook.domain.Capabilities;
import io.riffhook.domain.Inbound;
import io.riffhook.domain.Lookup;
import io.riffhook.domain.Opened;
import io.riffhook.domain.Provider;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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

  private final StandardMapping mapping;
  private final boolean webhooks;
  private final ProviderHttp http;
  private final StandardRequests requests;
  private final StandardAnswers answers;
  private final StandardSignature signature;

  private StandardProvider(StandardMapping mapping, ProviderHttp http, Settings settings) {
    this.mapping = mapping;
    this.http = http;
    this.webhooks = mapping.webhook().isPresent() && settings.isSet(WEBHOOK_SECRET);
    this.requests = new StandardRequests(mapping, webhooks);
    this.answers = new StandardAnswers(mapping);
    this.signature =
        new StandardSignature(
            () -> StandardSignature.keys(WEBHOOK_SECRET, settings.require(WEBHOOK_SECRET)));
  }

  /**
   * The adapter for {@code STANDARD_BASE_URL} with {@code STANDARD_TOKEN}, by {@code
   * STANDARD_MAPPING}. That nothing is set is no error before it is called: what it could do is
   * still to be told.
   *
   * @throws IllegalArgumentException where the mapping, or the URL, is wrong
   */
  public static StandardProvider from(Settings settings) {
    StandardMapping mapping =
        MappingReader.read(
            settings.find(MappingPart.SETTING).orElseGet(StandardProvider::defaultMapping));
    Endpoint endpoint = Endpoint.of(settings, BASE_URL, NOWHERE, mapping.fileHosts());
    ProviderHttp http = new ProviderHttp(endpoint, new AddressedToken(settings), mapping.auth());
    return new StandardProvider(mapping, http, settings);
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
  public Capabilities capabilities() {
    return StandardCapabilities.of(mapping, webhooks);
  }

  @Override
  public SubmitOutcome submit(Order order) {
    Call call = mapping.create().call();
    String path = call.path().replace("{reference}", Endpoint.segment(order.job().value()));
    return answers.submitted(
        http.send(call.method(), path, requests.create(order), SUBMIT_TIMEOUT));
  }

  @Override
  public Callback parseCallback(Inbound inbound) {
    if (!webhooks) {
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
    return answers.looked(read(providerJob), providerJob);
  }

  @Override
  public Stems stems(String providerSong, Optional<String> account) {
    SongName song = SongName.parse(providerSong);
    return mapping.songs().stems().isPresent()
        ? answers.stems(read(song.job()), song)
        : Provider.super.stems(providerSong, account);
  }

  private Reply read(String id) {
    return http.get(withId(mapping.read().path(), id), READ_TIMEOUT);
  }

  @Override
  public Opened open(AssetSource source) {
    return switch (source) {
      case AssetSource.Link link -> http.openLink(link.uri());
      case AssetSource.ApiDownload _ -> new Opened.Gone("it has no call that gives files");
    };
  }

  /** It takes links, so the file's own is its id there. */
  @Override
  public Registration register(SourceFile file) {
    return new Registration.Lent(file.link());
  }

  @Override
  public void cancel(List<String> providerJobs) {
    mapping
        .cancel()
        .ifPresent(
            call ->
                providerJobs.forEach(
                    id -> {
                      String path = withId(call.path(), id);
                      if (call.method().equals("DELETE")) {
                        http.delete(path, READ_TIMEOUT);
                      } else {
                        http.send(call.method(), path, ProviderJson.object(), READ_TIMEOUT);
                      }
                    }));
  }

  private static String withId(String path, String id) {
    return path.replace("{id}", Endpoint.segment(id));
  }
}
