package io.sluice.flows.check;

import io.sluice.flows.FlowError;
import io.sluice.flows.binding.BoundFlow;
import io.sluice.flows.binding.Mention;
import io.sluice.flows.finding.Findings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A consumer group belongs to one flow. */
public final class GroupCheck {
  private final Findings findings;

  public GroupCheck(Findings findings) {
    this.findings = findings;
  }

  public void check(List<BoundFlow> flows) {
    Map<GroupOfInstance, BoundFlow> owners = new HashMap<>();
    for (BoundFlow flow : flows) {
      Optional<Mention> instance = flow.source().instance();
      Optional<Mention> group = flow.source().group();
      if (instance.isPresent() && group.isPresent()) {
        BoundFlow owner =
            owners.putIfAbsent(
                new GroupOfInstance(instance.get().value(), group.get().value()), flow);
        if (owner != null) {
          findings.error(
              FlowError.SHARED_GROUP,
              group.get().place(),
              "group '"
                  + group.get().shown()
                  + "' of instance '"
                  + instance.get().shown()
                  + "' is used by flow '"
                  + owner.name().shown()
                  + "' as well",
              FlowError.SHARED_GROUP.remedy());
        }
      }
    }
  }

  private record GroupOfInstance(String instance, String group) {}
}
