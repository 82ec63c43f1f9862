package io.sluice.acceptance.matrix;

import io.sluice.testkit.ServerSecurity.User;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who may do what at the servers of one mode.
 *
 * @param administrator of the test kit
 * @param reader may read source topics
 * @param writer may write target topics
 * @param stranger may do nothing
 */
record Users(User administrator, User reader, User writer, User stranger) {
  private static final String LOOKING_AT_TAILS = "TOOLS_CONSUMER";

  /** Those that a plan needs at a mode's servers. */
  static Users of(Plan plan, Mode mode) {
    List<String> read = new ArrayList<>();
    Stream.of(Content.values()).map(Content::topic).forEach(read::add);
    plan.from(mode).map(Copy::group).forEach(read::add);
    for (WrongCase wrong : WrongCase.of(mode)) {
      for (End end : End.values()) {
        read.add(Refusal.group(wrong, new Side(mode, end)));
      }
    }
    List<String> written = new ArrayList<>(plan.to(mode).map(Copy::name).toList());
    written.add(Landscape.NOWHERE);
    List<String> looked = new ArrayList<>(written);
    looked.add(LOOKING_AT_TAILS);
    return new Users(
        User.of("administrator", "secret-of-admin"),
        new User("reader-of-matrix", "secret-of-reader", read, List.of()),
        new User("writer-of-matrix", "secret-of-writer", looked, written),
        User.of("stranger-to-matrix", "secret-of-stranger"));
  }

  User of(Role role) {
    return switch (role) {
      case READER -> reader;
      case WRITER -> writer;
    };
  }
}
