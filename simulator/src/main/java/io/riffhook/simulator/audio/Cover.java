package io.riffhook.simulator.audio;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Paints a song's cover: a sky, a sun, waves that follow the tempo, and the title. */
final class Cover {
  private static final int SIZE = 768;

  private final Random random;
  private final float hue;
  private final Graphics2D graphics;

  private Cover(Graphics2D graphics, Random random) {
    this.graphics = graphics;
    this.random = random;
    this.hue = random.nextFloat();
  }

  static byte[] jpeg(Song song) {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    new Cover(graphics, new Random(song.brief().seed() + 41)).paint(song);
    graphics.dispose();
    return encode(image);
  }

  private void paint(Song song) {
    boolean minor = song.style().key().scale().minor();
    graphics.setPaint(
        new GradientPaint(
            0,
            0,
            shade(0, 0.75f, minor ? 0.22f : 0.7f),
            SIZE,
            SIZE,
            shade(0.17f, 0.7f, minor ? 0.6f : 0.95f)));
    graphics.fillRect(0, 0, SIZE, SIZE);
    circles();
    waves(song.style().tempo().bpm());
    title(song.title());
  }

  private void circles() {
    for (int count = 4 + random.nextInt(5); count > 0; count--) {
      double radius = 30 + random.nextDouble() * 190;
      double x = random.nextDouble() * SIZE;
      double y = random.nextDouble() * SIZE * 0.7;
      graphics.setComposite(
          AlphaComposite.getInstance(AlphaComposite.SRC_OVER, 0.25f + 0.35f * random.nextFloat()));
      graphics.setColor(shade(0.45f + 0.2f * random.nextFloat(), 0.6f, 1));
      Ellipse2D circle = new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
      if (random.nextBoolean()) {
        graphics.fill(circle);
      } else {
        graphics.setStroke(new BasicStroke(3 + random.nextFloat() * 9));
        graphics.draw(circle);
      }
    }
  }

  private void waves(double bpm) {
    graphics.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, 0.5f));
    for (int wave = 0; wave < 6; wave++) {
      double base = SIZE * (0.5 + wave * 0.085);
      double phase = random.nextDouble() * 2 * Math.PI;
      Path2D path = new Path2D.Double();
      path.moveTo(0, SIZE);
      for (int x = 0; x <= SIZE; x += 4) {
        path.lineTo(
            x,
            base
                + 30 * Math.sin(phase + x * bpm / 9000)
                + 12 * Math.sin(2 * phase + x * bpm / 3700));
      }
      path.lineTo(SIZE, SIZE);
      path.closePath();
      graphics.setColor(shade(0.55f + wave * 0.03f, 0.75f, 0.75f - wave * 0.11f));
      graphics.fill(path);
    }
  }

  private void title(String title) {
    graphics.setComposite(AlphaComposite.SrcOver);
    graphics.setColor(Color.WHITE);
    String shown = title.length() > 40 ? title.substring(0, 40) : title;
    double dot = Math.clamp((SIZE - 96.0) / (shown.length() * PixelFont.ADVANCE), 2.8, 7);
    PixelFont.draw(graphics, shown, 48, SIZE - 48 - 7 * dot, dot);
  }

  private Color shade(float turn, float saturation, float brightness) {
    return Color.getHSBColor(hue + turn, saturation, brightness);
  }

  private static byte[] encode(BufferedImage image) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // Held in memory: ImageIO's usual cache is a temporary file.
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam quality = writer.getDefaultWriteParam();
      quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      quality.setCompressionQuality(0.88f);
      writer.setOutput(out);
      writer.write(
          writer.getDefaultStreamMetadata(quality),
          new IIOImage(
              image,
              java.util.List.of(),
              writer.getDefaultImageMetadata(
                  javax.imageio.ImageTypeSpecifier.createFromRenderedImage(image), quality)),
          quality);
    } catch (IOException e) {
      throw new UncheckedIOException("Nothing but memory is written", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
