package io.riffhook.bench;

import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;

/**
 * A picture of one metric of several contenders: a bar for each median, and across it half of what
 * lies between least and greatest, to each side. The library draws no others.
 */
final class Plot {
  private static final Color BAR = new Color(0x3b, 0x6e, 0xa5);

  private static final double ROOM = 1.05;

  private final String title;

  Plot(String title) {
    this.title = title;
  }

  /**
   * Draws it.
   *
   * @param series all of one metric, one for each contender
   */
  void write(List<Series> series, Path svg) throws IOException {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(Math.max(480, 120 + 110 * series.size()))
            .height(320)
            .title(title + " (median ± half the spread)")
            .build();
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setYAxisMin(0.0);
    // Of itself it would end at the highest bar, and cut off what lies across it.
    chart.getStyler().setYAxisMax(ROOM * series.stream().mapToDouble(Plot::top).max().orElse(1));
    chart.getStyler().setAvailableSpaceFill(0.5);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setXAxisLabelRotation(series.size() > 4 ? 30 : 0);
    chart
        .addSeries(
            "median",
            series.stream().map(Series::contender).toList(),
            series.stream().map(Series::median).toList(),
            series.stream().map(Plot::halfSpread).toList())
        .setFillColor(BAR);
    try {
      VectorGraphicsEncoder.saveVectorGraphic(chart, svg.toString(), VectorGraphicsFormat.SVG);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static double top(Series series) {
    return series.median() + halfSpread(series);
  }

  private static double halfSpread(Series series) {
    return (series.max() - series.min()) / 2;
  }
}
