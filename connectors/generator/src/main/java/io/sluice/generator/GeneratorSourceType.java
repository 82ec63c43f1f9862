package io.sluice.generator;

import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.connector.SourceType;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.SourceContext;
import java.util.Optional;

/** How flows read from a generator. */
final class GeneratorSourceType implements SourceType<GeneratorConfiguration> {
  private static final String SCHEMA =
      """
      {
        "type": "object",
        "additionalProperties": false,
        "required": [],
        "properties": {
          "count": {
            "type": "integer", "minimum": 1,
            "description": "Records in all, over all partitions. Endless if left out."
          },
          "rate": {
            "type": "number", "exclusiveMinimum": 0,
            "description": "Records per second, over all partitions. As fast as they are taken if left out."
          },
          "partitions": {
            "type": "integer", "minimum": 1, "maximum": 1024, "default": 4,
            "description": "Lanes over which records are dealt in turn. Within a lane their order is kept."
          },
          "tags": {
            "type": "array", "items": { "type": "string", "minLength": 1 }, "default": [],
            "description": "Tags, of which each record gets one by chance. None if empty."
          },
          "keys": {
            "type": "string",
            "description": "Template of the keys. Functions of templates: #{sequence} (number of the record, from 0), #{partition}, #{int:LOW:HIGH} (both included), #{choice:a|b|c}, #{time} (ISO-8601); ##{ stands for #{ itself."
          },
          "body": {
            "type": "string",
            "description": "Template of the body; functions as for keys."
          },
          "size": {
            "type": "integer", "minimum": 0, "maximum": 4194304,
            "description": "Length in bytes of random bodies of letters and digits, 1024 if left out. Not together with body."
          },
          "properties": {
            "type": "object", "propertyNames": { "minLength": 1 },
            "additionalProperties": { "type": "string" }, "default": {},
            "description": "User properties: templates by name; functions as for keys."
          },
          "topic": {
            "type": "string", "minLength": 1, "default": "generated",
            "description": "Topic that the records show to rules."
          },
          "seed": {
            "type": "integer", "default": 1,
            "description": "From which everything random follows: the same seed makes the same records, but for #{time}."
          },
          "onRestart": {
            "type": "string", "enum": ["RESUME", "REPEAT"], "default": "RESUME",
            "description": "When the flow starts again: RESUME goes on after the last record that is done, REPEAT makes all of them once more."
          }
        }
      }
      """;

  @Override
  public Class<GeneratorConfiguration> configuration() {
    return GeneratorConfiguration.class;
  }

  @Override
  public String schema() {
    return SCHEMA;
  }

  @Override
  public SourceDescription describe(GeneratorConfiguration configuration) {
    return new SourceDescription(
        Optional.empty(),
        configuration.topic(),
        Optional.empty(),
        "sluice:generator",
        "generator:Topic:SendMessage");
  }

  @Override
  public Source create(GeneratorConfiguration configuration, SourceContext context) {
    return new GeneratorSource(configuration, context);
  }
}
