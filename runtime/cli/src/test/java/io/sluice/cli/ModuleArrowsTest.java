package io.sluice.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between modules: who may know whom. */
@AnalyzeClasses(packages = "io.sluice", importOptions = DoNotIncludeTests.class)
class ModuleArrowsTest {

  @ArchTest static final ArchRule THE_CONTRACT_KNOWS_NOBODY = mayKnow("io.sluice.sdk..");

  @ArchTest
  static final ArchRule FLOWS_KNOW_THE_CONTRACT = mayKnow("io.sluice.flows..", "io.sluice.sdk..");

  @ArchTest
  static final ArchRule THE_ENGINE_KNOWS_FLOWS =
      mayKnow("io.sluice.engine..", "io.sluice.flows..", "io.sluice.sdk..");

  @ArchTest
  static final ArchRule THE_BROKER_KNOWS_THE_CONTRACT =
      mayKnow("io.sluice.broker..", "io.sluice.sdk..");

  @ArchTest
  static final ArchRule THE_ROCKETMQ_CONNECTOR_KNOWS_THE_CONTRACT =
      mayKnow("io.sluice.rocketmq..", "io.sluice.sdk..");

  @ArchTest
  static final ArchRule THE_GENERATOR_KNOWS_THE_CONTRACT =
      mayKnow("io.sluice.generator..", "io.sluice.sdk..");

  @ArchTest
  static final ArchRule THE_SCHEDULE_CONNECTOR_KNOWS_THE_CONTRACT =
      mayKnow("io.sluice.schedule..", "io.sluice.sdk..");

  @ArchTest
  static final ArchRule THE_HTTP_CONNECTOR_KNOWS_THE_CONTRACT =
      mayKnow("io.sluice.http..", "io.sluice.sdk..");

  @ArchTest
  static final ArchRule THE_CAMEL_CONNECTOR_KNOWS_THE_CONTRACT =
      mayKnow("io.sluice.camel..", "io.sluice.events..", "io.sluice.sdk..");

  @ArchTest static final ArchRule EVENTS_KNOW_NOBODY = mayKnow("io.sluice.events..");

  @ArchTest
  static final ArchRule THE_COMMAND_KNOWS_NO_CONNECTOR =
      mayKnow(
          "io.sluice.cli..",
          "io.sluice.engine..",
          "io.sluice.broker..",
          "io.sluice.flows..",
          "io.sluice.sdk..");

  @ArchTest
  static final ArchRule ROCKETMQ_STAYS_IN_ITS_CONNECTOR_AND_THE_BROKER =
      noClasses()
          .that(not(resideInAnyPackage("io.sluice.rocketmq..", "io.sluice.broker..")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.rocketmq..", "apache.rocketmq..");

  private static ArchRule mayKnow(String module, String... others) {
    String[] known = new String[others.length + 1];
    System.arraycopy(others, 0, known, 0, others.length);
    known[others.length] = module;
    return classes()
        .that()
        .resideInAPackage(module)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(known).or(not(resideInAnyPackage("io.sluice.."))))
        .allowEmptyShould(true);
  }
}
