package io.riffhook.simulator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Attributes;

/** Reads the fields of a body that may be JSON or {@code multipart/form-data}. */
public final class Form {
  private Form() {}

  /** The fields: as typed in JSON, all text in a form. Empty when the body is neither. */
  public static Optional<ObjectNode> read(Call call) {
    return isMultipart(call) ? multipart(call) : Json.parseObject(call.body());
  }

  /** Whether the body is said to be a form. */
  public static boolean isMultipart(Call call) {
    return call.contentType().toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
  }

  private static Optional<ObjectNode> multipart(Call call) {
    MultiPartConfig config = new MultiPartConfig.Builder().maxMemoryPartSize(1 << 20).build();
    try (MultiPartFormData.Parts parts =
        MultiPartFormData.getParts(
            Content.Source.from(StandardCharsets.UTF_8.encode(call.body())),
            new Attributes.Mapped(),
            call.contentType(),
            config)) {
      ObjectNode fields = Json.object();
      for (MultiPart.Part part : parts) {
        fields.put(part.getName(), part.getContentAsString(StandardCharsets.UTF_8));
      }
      return Optional.of(fields);
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }
}
