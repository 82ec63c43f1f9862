package io.sluice.benchmarks.scenario;

import io.sluice.benchmarks.report.MarkdownTable;

/** A question that the suite answers by measuring. */
public interface Scenario {

  /** In a few lower-case letters, for the command line. */
  String name();

  /** The question, for the page. */
  String title();

  /**
   * Measures. Blocks, for minutes.
   *
   * @throws Exception if servers or a copier fail, or a copier does not copy what it should
   */
  MarkdownTable measure(Settings settings) throws Exception;
}
