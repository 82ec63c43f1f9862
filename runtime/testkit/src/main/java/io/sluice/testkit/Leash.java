package io.sluice.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * The main class of a server's process: runs the server's own main class, and ends the process when
 * its standard input ends, which is when the process that started it is gone, for whatever reason.
 */
final class Leash {

  private Leash() {}

  /**
   * @param arguments the main class to run, then its arguments
   */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    Thread watch = new Thread(() -> haltAtEndOf(System.in), "leash");
    watch.setDaemon(true);
    watch.start();
    String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
    try {
      Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
    } catch (InvocationTargetException failed) {
      failed.getCause().printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  private static void haltAtEndOf(InputStream input) {
    try {
      input.transferTo(OutputStream.nullOutputStream());
    } catch (IOException broken) {
      // As good as its end.
    }
    Runtime.getRuntime().halt(1);
  }
}
