package io.sluice.sdk.error;

import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import java.util.List;
import java.util.Optional;

/** The place that an error speaks of. {@link #toString()} is what users see. */
public sealed interface Location {

  /** No place can be named. */
  Location NONE = new Nowhere();

  /** A place in a file of flows. Lines and columns count from 1. */
  record InFile(String file, int line, int column) implements Location {
    @Override
    public String toString() {
      return file + ":" + line + ":" + column;
    }
  }

  /** A flow, and as far as known the partition and position where it stands. */
  record InFlow(String flow, Optional<Partition> partition, Optional<Position> position)
      implements Location {

    /** The flow as a whole. */
    public static InFlow of(String flow) {
      return new InFlow(flow, Optional.empty(), Optional.empty());
    }

    /** One record of the flow. */
    public static InFlow of(String flow, Partition partition, Position position) {
      return new InFlow(flow, Optional.of(partition), Optional.of(position));
    }

    @Override
    public String toString() {
      return flow
          + partition.map(p -> " " + p.name()).orElse("")
          + position.map(p -> " @" + p).orElse("");
    }
  }

  /**
   * A place within a connector's block, which the connector knows by its keys alone. Whoever reads
   * the file puts the line in its place.
   *
   * @param keys from the block down; the block itself if there are none
   */
  record InBlock(List<String> keys) implements Location {
    public InBlock {
      keys = List.copyOf(keys);
    }

    /** The value of a key, or of a key in the block that it holds. */
    public static InBlock of(String... keys) {
      return new InBlock(List.of(keys));
    }

    @Override
    public String toString() {
      return String.join(".", keys);
    }
  }

  /** Anything else that has a name: a folder, a port, an instance, an argument. */
  record Named(String name) implements Location {
    @Override
    public String toString() {
      return name;
    }
  }

  /** See {@link #NONE}. */
  record Nowhere() implements Location {
    @Override
    public String toString() {
      return "";
    }
  }
}
