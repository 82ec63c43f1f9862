package io.sluice.generator;

import io.sluice.sdk.error.ErrorCode;

/** What can be wrong with a generator's configuration. */
public enum GeneratorError implements ErrorCode {
  BAD_TEMPLATE(
      "generator.bad-template",
      "A template of a generator cannot be understood.",
      "Functions are #{sequence}, #{partition}, #{int:LOW:HIGH}, #{choice:a|b|c} and #{time}; write"
          + " ##{ for the characters themselves."),
  TWO_BODIES(
      "generator.two-bodies",
      "A generator is given both a body and the size of bodies.",
      "Keep 'body' for bodies from a template, or 'size' for random ones.");

  private final Description description;

  GeneratorError(String id, String meaning, String remedy) {
    this.description = new Description(id, Category.VALIDATION, meaning, remedy);
  }

  @Override
  public Description description() {
    return description;
  }
}
