package io.riffhook.local.template;

/** The template says something that is wrong, or that this reader does not know. */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TemplateException(String message) {
    super(message);
  }
}
