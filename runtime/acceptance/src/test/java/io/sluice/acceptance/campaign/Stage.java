package io.sluice.acceptance.campaign;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** The two instances, which all trials share: to start them takes longer than most faults last. */
record Stage(Side source, Side target) implements AutoCloseable {

  static Stage start(Path folder) {
    CompletableFuture<Side> source =
        CompletableFuture.supplyAsync(() -> Side.start("source", folder));
    Side target = Side.start("target", folder);
    return new Stage(source.join(), target);
  }

  @Override
  public void close() {
    source.close();
    target.close();
  }
}
