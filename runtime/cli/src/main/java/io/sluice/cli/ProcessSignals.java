package io.sluice.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Interrupts from the operating system: SIGINT and SIGTERM. The first one asks the verb to stop,
 * the second one ends the process with 128 plus its number, 130 for Ctrl-C.
 *
 * <p>The JDK's own answer to these signals, running the shutdown hooks, can neither end with status
 * 0 nor hear a second signal. Its signal interface is exported and stable, but the compiler warns
 * of it at each use; hence the reflection.
 */
final class ProcessSignals implements Interrupts {
  private final AtomicReference<Runnable> listener = new AtomicReference<>();

  private ProcessSignals() {}

  /** Listens from now on. Once per process. */
  static ProcessSignals install() {
    ProcessSignals signals = new ProcessSignals();
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Method handle = signal.getMethod("handle", signal, handler);
      Method number = signal.getMethod("getNumber");
      InvocationHandler onSignal =
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "handle" -> {
                  signals.received((int) number.invoke(arguments[0]));
                  yield null;
                }
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "Sluice's signal handler";
              };
      Object instance =
          Proxy.newProxyInstance(
              ProcessSignals.class.getClassLoader(), new Class<?>[] {handler}, onSignal);
      for (String name : new String[] {"INT", "TERM"}) {
        handle.invoke(null, signal.getConstructor(String.class).newInstance(name), instance);
      }
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // A JVM without these signals, or one that keeps them to itself (-Xrs): it ends at once.
    }
    return signals;
  }

  @Override
  public void onInterrupt(Runnable stop) {
    listener.set(stop);
  }

  private void received(int number) {
    Runnable stop = listener.getAndSet(null);
    if (stop == null) {
      Runtime.getRuntime().halt(128 + number);
    } else {
      stop.run();
    }
  }
}
