package io.sluice.flows.flowtest;

import io.sluice.sdk.error.Location.InFile;
import java.util.List;

/** A test of a flow or a bus. Immutable; runs without network and without waiting. */
public interface FlowTest {

  /** Name of the flow or bus that it tests. */
  String flow();

  /** Its own name. */
  String name();

  /** Where it stands. */
  InFile place();

  /** Sends its record through patterns and transforms. What is not as expected; empty if all is. */
  List<Difference> run();
}
