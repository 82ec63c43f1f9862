package io.sluice.benchmarks.scenario;

import io.sluice.benchmarks.report.MarkdownTable;

/** A question that the suite answers by measuring. */
public interface Scenario {

  /** In a few lower-case letters, for the command line. */
  String name();

  /** The question, for the page. */
  String title();

  /** How many rounds the figures are medians of; 1 for what is measured once, whatever is asked. */
  default int rounds(Settings settings) {
    return 1;
  }

  /**
   * Measures. Blocks, for minutes.
   *
   * @throws Exception if servers or a copier fail, or a copier does not copy what it should
   */
  MarkdownTable measure(Settings settings) throws Exception;
}
