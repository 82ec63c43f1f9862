package io.sluice.cli.reference;

import io.sluice.sdk.error.ErrorCode;
import io.sluice.sdk.error.ErrorCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** All error codes as Markdown, by area: what stands before the dot. */
final class ErrorReference {
  private ErrorReference() {}

  static List<ErrorCode> codes() {
    return ServiceLoader.load(ErrorCodes.class).stream()
        .flatMap(provider -> provider.get().codes().stream())
        .toList();
  }

  static String markdown() {
    StringBuilder page = new StringBuilder();
    page.append("# Errors\n\n");
    page.append("Every error and finding carries one of these codes. A code keeps its meaning; ");
    page.append("scripts may rely on it. The last column of each table says what to do.\n\n");
    page.append("The exit status of the command is that of the worst error, see ");
    page.append("[the command](reference/command.md).\n");
    byArea().forEach((area, codes) -> section(page, area, codes));
    return page.toString();
  }

  private static Map<String, List<ErrorCode>> byArea() {
    Map<String, List<ErrorCode>> areas = new TreeMap<>();
    for (ErrorCode code : codes()) {
      String area = code.id().substring(0, code.id().indexOf('.'));
      areas.computeIfAbsent(area, key -> new ArrayList<>()).add(code);
    }
    return areas;
  }

  private static void section(StringBuilder page, String area, List<ErrorCode> codes) {
    page.append("\n## ").append(area).append("\n\n");
    page.append("| code | category | exit | meaning | what to do |\n|---|---|---|---|---|\n");
    for (ErrorCode code : codes) {
      page.append("| `").append(code.id()).append("` | ");
      page.append(code.category().name().toLowerCase(Locale.ROOT)).append(" | ");
      page.append(code.category().exitStatus()).append(" | ");
      page.append(Markdown.cell(code.meaning())).append(" | ");
      page.append(Markdown.cell(code.remedy())).append(" |\n");
    }
  }
}
