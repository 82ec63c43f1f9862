package io.sluice.benchmarks.suite;

import io.sluice.benchmarks.copier.Copier;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Copiers by their names in lower case, with hyphens. */
final class CopierConverter implements ITypeConverter<Copier> {

  @Override
  public Copier convert(String name) {
    try {
      return Copier.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException unknown) {
      throw new TypeConversionException("there is no copier '%s'".formatted(name));
    }
  }
}
