package io.sluice.cli;

/** Tells a running verb that somebody wants it to stop. */
@FunctionalInterface
public interface Interrupts {

  /**
   * Says what an interrupt does. Without a listener, or when it comes a second time, an interrupt
   * ends the process at once.
   *
   * @param stop called once, on a thread of its own; must not block
   */
  void onInterrupt(Runnable stop);
}
