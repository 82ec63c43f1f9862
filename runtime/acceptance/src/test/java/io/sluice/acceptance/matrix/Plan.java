package io.sluice.acceptance.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which copies are made. Within a mode all pairs of ends. Between neighbouring modes, each end is
 * once the source and once the target, in either direction, and the pairs shift from one
 * neighbourhood to the next. So between modes not all is tried with all, but every pair of two of
 * these: source end, source mode, target end, target mode, as far as modes are neighbours.
 */
record Plan(List<Copy> copies) {

  Plan {
    copies = List.copyOf(copies);
  }

  /** A plan for modes that are tried in this order, each together with the one before. */
  static Plan of(List<Mode> modes) {
    List<Copy> copies = new ArrayList<>();
    for (int index = 0; index < modes.size(); index++) {
      Mode mode = modes.get(index);
      for (int shift = 0; shift < End.values().length; shift++) {
        addShifted(copies, mode, mode, shift);
      }
      addLarge(copies, mode);
      if (index > 0) {
        addShifted(copies, modes.get(index - 1), mode, 2 * index);
        addShifted(copies, mode, modes.get(index - 1), 2 * index + 1);
      }
    }
    return new Plan(copies);
  }

  /** Each end is once the source and once the target of what is large. */
  private static void addLarge(List<Copy> copies, Mode mode) {
    End[] ends = End.values();
    for (End end : ends) {
      End next = ends[(end.ordinal() + 1) % ends.length];
      copies.add(new Copy(new Side(mode, end), new Side(mode, next), Content.LARGE));
    }
  }

  private static void addShifted(List<Copy> copies, Mode from, Mode to, int shift) {
    End[] ends = End.values();
    for (End end : ends) {
      Side source = new Side(from, end);
      Side target = new Side(to, ends[(end.ordinal() + shift) % ends.length]);
      if (end.speaksGrpc() || target.end().speaksGrpc()) {
        copies.add(new Copy(source, target, Content.PORTABLE));
        copies.add(new Copy(source, target, Content.ORDERED));
      } else {
        copies.add(new Copy(source, target, Content.EVERYTHING));
      }
    }
  }

  /** Those that read from a mode's servers. */
  Stream<Copy> from(Mode mode) {
    return copies.stream().filter(copy -> copy.source().mode() == mode);
  }

  /** Those that write to a mode's servers. */
  Stream<Copy> to(Mode mode) {
    return copies.stream().filter(copy -> copy.target().mode() == mode);
  }

  /** Those that can be made once a mode's servers run: the servers of later modes do not yet. */
  List<Copy> at(Mode mode) {
    return copies.stream()
        .filter(
            copy ->
                mode.ordinal()
                    == Math.max(copy.source().mode().ordinal(), copy.target().mode().ordinal()))
        .toList();
  }
}
