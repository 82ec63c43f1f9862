package io.sluice.cli.doctor;

import io.sluice.cli.output.Terminal;
import io.sluice.sdk.diagnosis.CheckResult;
import io.sluice.sdk.diagnosis.Verdict;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.instance.Vpc;
import java.util.ArrayList;
import java.util.List;

/**
 * An examination as people read it:
 *
 * <pre>
 * singapore: public network, SSL, 5.x
 *   ✓ metadata port  203.0.113.7:8200 opens
 *   ✗ service port   203.0.113.7:10101 does not open: no answer [rocketmq.unreachable]
 *     → Check that a server listens there. …
 * </pre>
 */
public final class ReportText {
  private final Terminal terminal;

  public ReportText(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Its lines. */
  public List<String> lines(Patient patient, List<CheckResult> results) {
    if (patient instanceof Patient.Present present) {
      List<String> lines = new ArrayList<>();
      lines.add(title(present.instance()));
      int width = results.stream().mapToInt(result -> result.check().length()).max().orElse(0);
      results.forEach(result -> add(lines, result, width));
      return lines;
    }
    Patient.Absent absent = (Patient.Absent) patient;
    return List.of(
        absent.name() + ": not checked, as it is an integrated broker that does not run");
  }

  private static String title(Instance instance) {
    return instance.name()
        + ": "
        + instance.network().text()
        + " network, "
        + instance.access()
        + ", "
        + instance.version().text()
        + instance.vpc().map(Vpc::text).map(where -> ", " + where).orElse("");
  }

  private void add(List<String> lines, CheckResult result, int width) {
    String check = result.check() + " ".repeat(width - result.check().length());
    Verdict verdict = result.verdict();
    if (verdict instanceof Verdict.Passed passed) {
      String subject = result.subject().isEmpty() ? "" : result.subject() + " ";
      lines.add(line("✓", "ok     ", check, subject + passed.seen()));
    } else if (verdict instanceof Verdict.NotChecked open) {
      lines.add(line("–", "-      ", check, "not checked because " + open.because()));
    } else if (verdict instanceof Verdict.Doubtful doubtful) {
      add(lines, line("⚠", "warning", check, text(doubtful.problem())), doubtful.problem());
    } else if (verdict instanceof Verdict.Failed failed) {
      add(lines, line("✗", "failed ", check, text(failed.problem())), failed.problem());
    }
  }

  private void add(List<String> lines, String line, SluiceException problem) {
    lines.add(line);
    lines.add((isPlain() ? "    -> " : "    → ") + problem.suggestion());
  }

  private String line(String glyph, String word, String check, String text) {
    return "  " + (isPlain() ? word : glyph) + " " + check + "  " + text;
  }

  private static String text(SluiceException problem) {
    return problem.message() + " [" + problem.code().id() + "]";
  }

  private boolean isPlain() {
    return !terminal.liveOutput() || !terminal.glyphs();
  }
}
