package io.sluice.rocketmq.transcode;

import org.apache.rocketmq.common.MQVersion;
import org.apache.rocketmq.common.compression.CompressionType;
import org.apache.rocketmq.common.sysflag.MessageSysFlag;

/** Which compressed bodies the consumers of a target can inflate. */
public enum Compressions {
  /** zlib, LZ4 and Zstandard. */
  ALL,

  /** zlib only: clients before 4.9.4 take every compressed body for that. */
  ZLIB;

  private static final int FIRST_WITH_ALL = MQVersion.Version.V4_9_4.ordinal();

  /**
   * Those that clients of the broker's own version know.
   *
   * @param version as brokers give it in their answers
   */
  public static Compressions of(int version) {
    return version < FIRST_WITH_ALL ? ZLIB : ALL;
  }

  /**
   * Whether they can inflate the body of a message with these flags.
   *
   * @param sysFlag of a message whose body is compressed
   */
  boolean has(int sysFlag) {
    return this == ALL || MessageSysFlag.getCompressionType(sysFlag) == CompressionType.ZLIB;
  }
}
