package io.riffhook.domain;

/**
 * Why a job stands where it stands, for its owner.
 *
 * @param code a stable word that scripts can match, such as {@code account-needs-attention}
 * @param detail a sentence for people: what happened and what to do
 */
public record Reason(String code, String detail) {
  private static final int MAX_DETAIL = 500;

  public Reason {
    if (detail.length() > MAX_DETAIL) {
      detail = Cut.to(MAX_DETAIL - 1, detail) + "…";
    }
  }
}
