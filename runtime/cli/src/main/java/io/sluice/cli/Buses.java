package io.sluice.cli;

import io.sluice.flows.model.EventBus;
import io.sluice.flows.model.FlowModel;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The buses that flow files declare, for calls that name one. */
final class Buses {
  private Buses() {}

  /**
   * The bus of a name.
   *
   * @param files where the model was read
   * @throws SluiceException {@code command.unknown-bus}, with the names of those that there are
   */
  static EventBus find(FlowModel model, String name, Path files) {
    List<EventBus> buses = model.buses();
    return buses.stream()
        .filter(candidate -> candidate.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new SluiceException(
                    CommandError.UNKNOWN_BUS,
                    "There is no sound bus " + name + ".",
                    new Location.Named(files.toString()),
                    there(buses) + CommandError.UNKNOWN_BUS.remedy(),
                    null));
  }

  private static String there(List<EventBus> buses) {
    String names = buses.stream().map(EventBus::name).sorted().collect(Collectors.joining(", "));
    return names.isEmpty() ? "The flow files declare none. " : "There are " + names + ". ";
  }
}
