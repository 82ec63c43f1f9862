package io.sluice.http.admission;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.sluice.http.HttpError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** Addresses and blocks of addresses, IPv4 and IPv6. Immutable. */
public final class AddressList {
  private static final int BITS_4 = 32;
  private static final int BITS_6 = 128;

  private final List<IpSubnetFilterRule> blocks;

  private AddressList(List<IpSubnetFilterRule> blocks) {
    this.blocks = blocks;
  }

  /**
   * @param entries addresses, or blocks such as {@code 10.0.0.0/8}
   * @throws SluiceException {@code http.bad-address}
   */
  public static AddressList of(List<String> entries) {
    return new AddressList(entries.stream().map(AddressList::block).toList());
  }

  private static IpSubnetFilterRule block(String entry) {
    int slash = entry.indexOf('/');
    String address = slash < 0 ? entry : entry.substring(0, slash);
    // Never a name, which would be looked up.
    InetAddress parsed = NetUtil.createInetAddressFromIpAddressString(address);
    if (parsed == null) {
      throw bad(entry);
    }
    int bits = parsed instanceof Inet4Address ? BITS_4 : BITS_6;
    return new IpSubnetFilterRule(
        parsed, slash < 0 ? bits : prefix(entry, slash, bits), IpFilterRuleType.ACCEPT);
  }

  private static int prefix(String entry, int slash, int bits) {
    try {
      int prefix = Integer.parseInt(entry.substring(slash + 1));
      if (prefix >= 0 && prefix <= bits) {
        return prefix;
      }
    } catch (NumberFormatException e) {
      // Answered below.
    }
    throw bad(entry);
  }

  private static SluiceException bad(String entry) {
    return new SluiceException(
        HttpError.BAD_ADDRESS,
        "'" + entry + "' is neither an address nor a block of addresses",
        Location.InBlock.of("ip"));
  }

  /** Whether an address is one of these. */
  public boolean contains(InetSocketAddress address) {
    return blocks.stream().anyMatch(block -> block.matches(address));
  }
}
