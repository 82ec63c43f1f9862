package io.sluice.sdk.instance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where in a cloud's network an instance stands: what somebody has to look at when it cannot be
 * reached.
 *
 * @param id of the virtual private cloud
 * @param vSwitch the subnet, if given
 * @param securityGroup whose rules decide which ports are open, if given
 */
public record Vpc(String id, Optional<String> vSwitch, Optional<String> securityGroup) {

  /** As messages say it: {@code VPC vpc-1, vSwitch vsw-1, security group sg-1}. */
  public String text() {
    List<String> parts = new ArrayList<>(List.of("VPC " + id));
    vSwitch.ifPresent(name -> parts.add("vSwitch " + name));
    securityGroup.ifPresent(name -> parts.add("security group " + name));
    return String.join(", ", parts);
  }
}
