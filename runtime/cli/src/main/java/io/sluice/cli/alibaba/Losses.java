package io.sluice.cli.alibaba;

import java.util.ArrayList;
import java.util.List;

/** What cannot be imported, as it is found. For one thread. */
final class Losses {
  private final List<Loss> losses = new ArrayList<>();

  /** Notes that a field of the document has no counterpart. */
  void add(String field, String why) {
    losses.add(new Loss(field, why));
  }

  /** In the order in which they were found. */
  List<Loss> all() {
    return List.copyOf(losses);
  }

  int count() {
    return losses.size();
  }
}
