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

  private final String id;
  private final String meaning;
  private final String remedy;

  GeneratorError(String id, String meaning, String remedy) {
    this.id = id;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Category category() {
    return Category.VALIDATION;
  }

  @Override
  public String meaning() {
    return meaning;
  }

  @Override
  public String remedy() {
    return remedy;
  }
}
