package io.riffhook.aws;

import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpService;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * Shows {@link HttpCoreClient} to the SDK's {@code ServiceLoader}, so that its warm-up before a
 * snapshot loads what TLS needs as well. Clients do not find it this way: they are given theirs.
 */
public final class HttpCoreService implements SdkHttpService {

  @Override
  public SdkHttpClient.Builder<?> createHttpClientBuilder() {
    return new Builder();
  }

  private static final class Builder implements SdkHttpClient.Builder<Builder> {

    @Override
    public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
      return new HttpCoreClient(AwsClients.CONNECT, AwsClients.READ);
    }
  }
}
