package io.riffhook.domain;

final class InMemoryBatchFilesTest extends BatchFilesContract {
  private final InMemoryBatchFiles files = new InMemoryBatchFiles();

  @Override
  protected BatchFiles files() {
    return files;
  }

  @Override
  protected String etag(String key) {
    return InMemoryBatchFiles.etag(files.read(key));
  }
}
