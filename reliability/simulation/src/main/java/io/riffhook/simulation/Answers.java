package io.riffhook.simulation;

import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Callback;
import io.riffhook.domain.Capabilities;
import io.riffhook.domain.Inbound;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Lookup;
import io.riffhook.domain.Opened;
import io.riffhook.domain.Provider;
import io.riffhook.domain.Registration;
import io.riffhook.domain.SubmitOutcome;
import java.util.Optional;

/** A provider whose answers a mistake can be made with. */
class Answers implements Provider {
  private final Provider provider;

  Answers(Provider provider) {
    this.provider = provider;
  }

  @Override
  public Capabilities capabilities() {
    return provider.capabilities();
  }

  @Override
  public SubmitOutcome submit(Order order) {
    return provider.submit(order);
  }

  @Override
  public Callback parseCallback(Inbound inbound) {
    return provider.parseCallback(inbound);
  }

  @Override
  public Lookup lookup(String providerJob, Optional<String> account) {
    return provider.lookup(providerJob, account);
  }

  @Override
  public Opened open(AssetSource source) {
    return provider.open(source);
  }

  @Override
  public Found find(JobId job) {
    return provider.find(job);
  }

  @Override
  public Stems stems(String providerSong, Optional<String> account) {
    return provider.stems(providerSong, account);
  }

  @Override
  public Registration register(SourceFile file) {
    return provider.register(file);
  }
}
