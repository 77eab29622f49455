package io.riffhook.aws;

import io.riffhook.domain.BatchFiles;
import io.riffhook.domain.BatchFilesContract;

final class S3BatchFilesIT extends BatchFilesContract {
  private final TestAws aws = TestAws.get();
  private final BatchFiles files = new S3BatchFiles(aws.s3(), aws.presigner(), aws.bucket());

  @Override
  protected BatchFiles files() {
    return files;
  }

  @Override
  protected String etag(String key) {
    return aws.s3().headObject(head -> head.bucket(aws.bucket()).key(key)).eTag();
  }
}
