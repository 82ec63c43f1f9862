package io.sluice.flows.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sdk.batch.Position;
import io.sluice.sdk.record.DetachedRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddresseeTest {
  private static DetachedRecord addressed(String value) {
    return DetachedRecord.builder("eventbus-shop", new Position(0))
        .userProperty(Addressee.PROPERTY, value)
        .build();
  }

  @Test
  void whatIsAddressedToNobodyIsForAll() {
    DetachedRecord event = DetachedRecord.builder("eventbus-shop", new Position(0)).build();

    assertThat(Addressee.includes(event, "shop", "shop/big/crm")).isTrue();
    assertThat(Addressee.isRepeated(event, "shop")).isFalse();
  }

  @Test
  void aRuleStandsForAllOfItsTargetsAndATargetForItself() {
    DetachedRecord event = addressed(Addressee.of(List.of("shop/big", "shop/small/audit")));

    assertThat(Addressee.includes(event, "shop", "shop/big/crm")).isTrue();
    assertThat(Addressee.includes(event, "shop", "shop/bigger/crm")).isFalse();
    assertThat(Addressee.includes(event, "shop", "shop/small/audit")).isTrue();
    assertThat(Addressee.includes(event, "shop", "shop/small/crm")).isFalse();
    assertThat(Addressee.isRepeated(event, "shop")).isTrue();
  }

  @Test
  void anotherBusTakesNoNotice() {
    DetachedRecord event = addressed(Addressee.all("shop"));

    assertThat(Addressee.includes(event, "shop", "shop/big/crm")).isTrue();
    assertThat(Addressee.includes(event, "audit", "audit/all/archive")).isTrue();
    assertThat(Addressee.isRepeated(event, "audit")).isFalse();
    assertThat(Addressee.includes(addressed("shop/big"), "audit", "audit/all/archive")).isTrue();
  }
}
