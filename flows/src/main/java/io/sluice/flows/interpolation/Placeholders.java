package io.sluice.flows.interpolation;

import io.sluice.flows.FlowError;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.finding.Findings;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The placeholders of one scalar. Messages name variables and files, never contents (I9). */
final class Placeholders {
  private static final Pattern OPENING = Pattern.compile("(\\$?)\\$\\{(env|file):");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final String DEFAULT = ":-";

  /** Size of a file that becomes a value, in bytes. */
  private static final long LARGEST_FILE = 1 << 20;

  private final Function<String, Optional<String>> environment;
  private final Path folder;
  private final Scalar scalar;
  private final Findings findings;

  Placeholders(
      Function<String, Optional<String>> environment,
      Path folder,
      Scalar scalar,
      Findings findings) {
    this.environment = environment;
    this.folder = folder;
    this.scalar = scalar;
    this.findings = findings;
  }

  String replaceAll() {
    String text = scalar.text();
    StringBuilder resolved = new StringBuilder();
    Matcher opening = OPENING.matcher(text);
    int copied = 0;
    while (opening.find(copied)) {
      resolved.append(text, copied, opening.start());
      boolean escaped = !opening.group(1).isEmpty();
      int end = text.indexOf('}', opening.end());
      if (escaped) {
        resolved.append(text, opening.start() + 1, opening.end());
        copied = opening.end();
      } else if (end < 0) {
        bad(opening.group() + "…", "is never closed with '}'");
        copied = text.length();
      } else {
        String inside = text.substring(opening.end(), end);
        String whole = text.substring(opening.start(), end + 1);
        resolved.append(
            opening.group(2).equals("env") ? variable(inside, whole) : file(inside, whole));
        copied = end + 1;
      }
    }
    return resolved.append(text, Math.min(copied, text.length()), text.length()).toString();
  }

  private String variable(String inside, String whole) {
    int separator = inside.indexOf(DEFAULT);
    String name = separator < 0 ? inside : inside.substring(0, separator);
    if (!VARIABLE.matcher(name).matches()) {
      return bad(whole, "does not name a variable: letters, digits and '_' are allowed");
    }
    if (inside.contains("${")) {
      bad("${env:" + name + "…", "holds another placeholder, which is not possible");
      return whole;
    }
    Optional<String> value = environment.apply(name);
    if (separator >= 0) {
      return value.filter(set -> !set.isEmpty()).orElse(inside.substring(separator + 2));
    }
    if (value.isEmpty()) {
      findings.error(
          FlowError.UNDEFINED_VARIABLE,
          scalar.place(),
          "environment variable " + name + " is not set",
          "Set " + name + " before the start, or give a default: ${env:" + name + ":-default}.");
    }
    return value.orElse(whole);
  }

  private String file(String inside, String whole) {
    if (inside.isBlank()) {
      return bad(whole, "does not name a file");
    }
    try {
      Path path = folder.resolve(inside);
      if (Files.isRegularFile(path) && Files.size(path) > LARGEST_FILE) {
        return unreadable(inside, whole, "is larger than 1 MiB");
      }
      return withoutLastLineBreak(Files.readString(path));
    } catch (NoSuchFileException e) {
      return unreadable(inside, whole, "does not exist");
    } catch (CharacterCodingException e) {
      return unreadable(inside, whole, "is not UTF-8 text");
    } catch (IOException | InvalidPathException e) {
      return unreadable(inside, whole, "cannot be read");
    }
  }

  private static String withoutLastLineBreak(String text) {
    if (text.endsWith("\r\n")) {
      return text.substring(0, text.length() - 2);
    }
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }

  private String bad(String shown, String problem) {
    findings.error(
        FlowError.BAD_PLACEHOLDER, scalar.place(), "placeholder " + shown + " " + problem);
    return shown;
  }

  private String unreadable(String name, String whole, String problem) {
    findings.error(FlowError.UNREADABLE_VALUE, scalar.place(), "file '" + name + "' " + problem);
    return whole;
  }
}
