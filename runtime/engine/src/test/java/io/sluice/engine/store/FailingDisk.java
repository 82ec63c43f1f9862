package io.sluice.engine.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * An H2 file system on top of the real one that fails from the n-th write on, after that write came
 * through in half. What is on the disk then is what a process leaves that dies there.
 */
public final class FailingDisk extends FilePathWrapper {
  static final String SCHEME = "failing";

  private static String message = "";
  private static long writesLeft = Long.MAX_VALUE;

  static {
    FilePath.register(new FailingDisk());
  }

  /** Lets this many more writes pass. */
  static synchronized void failAfter(long writes, String withMessage) {
    writesLeft = writes;
    message = withMessage;
  }

  static synchronized void heal() {
    writesLeft = Long.MAX_VALUE;
  }

  private static synchronized boolean isFailing() {
    return writesLeft-- <= 0;
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new Channel(getBase().open(mode));
  }

  private static final class Channel extends FileBaseDefault {
    private final FileChannel base;

    private Channel(FileChannel base) {
      this.base = base;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
      if (!isFailing()) {
        return base.write(source, position);
      }
      if (writesLeft == -1) {
        base.write(source.slice(0, source.remaining() / 2), position);
      }
      throw new IOException(message);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      return base.read(target, position);
    }

    @Override
    protected void implTruncate(long size) throws IOException {
      if (isFailing()) {
        throw new IOException(message);
      }
      base.truncate(size);
    }

    @Override
    public long size() throws IOException {
      return base.size();
    }

    @Override
    public void force(boolean metaData) throws IOException {
      base.force(metaData);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return base.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      base.close();
    }
  }
}
