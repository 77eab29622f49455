package io.riffhook.local.docs;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may know whom. CONTRIBUTING.md draws the same picture. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.riffhook");
  private static final String DOMAIN = "io.riffhook.domain..";
  private static final String PROVIDERS = "io.riffhook.providers..";
  private static final String AWS = "io.riffhook.aws..";
  private static final String NET = "io.riffhook.net..";
  private static final String LAMBDA = "io.riffhook.lambda..";
  private static final String SIMULATOR = "io.riffhook.simulator..";
  private static final String LOCAL = "io.riffhook.local..";
  private static final String[] FUNCTIONS = {
    "io.riffhook.submit..",
    "io.riffhook.callback..",
    "io.riffhook.download..",
    "io.riffhook.check..",
    "io.riffhook.notify..",
    "io.riffhook.api..",
    "io.riffhook.authorizer.."
  };

  @Test
  void shouldKeepTechnologyOutOfTheDomain() {
    classes()
        .that()
        .resideInAPackage(DOMAIN)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(DOMAIN, "java..", "javax.crypto..", "org.slf4j..", "org.jspecify..")
        .because("the rules of a job must be readable, and testable, without AWS, HTTP or JSON")
        .check(CLASSES);
  }

  @Test
  void shouldLetSocketsKnowNothing() {
    classes()
        .that()
        .resideInAPackage(NET)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(NET, "java..", "org.jspecify..")
        .because("what carries bytes does not know whose they are")
        .check(CLASSES);
  }

  @Test
  void shouldKeepCallsOutOfTheDomain() {
    noClasses()
        .that()
        .resideInAPackage(DOMAIN)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net.http..", "java.sql..")
        .because("whatever reaches out of the process is behind a port")
        .check(CLASSES);
  }

  @Test
  void shouldLetProvidersKnowOnlyTheDomain() {
    noClasses()
        .that()
        .resideInAPackage(PROVIDERS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(AWS, LAMBDA, "software.amazon..", "com.amazonaws..")
        .because("an adapter speaks HTTP with one vendor and is the same wherever it runs")
        .check(CLASSES);
  }

  @Test
  void shouldLetAwsKnowOnlyTheDomain() {
    noClasses()
        .that()
        .resideInAPackage(AWS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(PROVIDERS, LAMBDA, "com.amazonaws..")
        .because("a store keeps jobs and songs, whoever makes them and whatever starts the work")
        .check(CLASSES);
  }

  @Test
  void shouldLetLambdaKnowOnlyTheDomain() {
    noClasses()
        .that()
        .resideInAPackage(LAMBDA)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(PROVIDERS, AWS, "software.amazon.awssdk..")
        .because("events and answers have nothing to do with where things are kept")
        .check(CLASSES);
  }

  @Test
  void shouldKeepFunctionsOutOfWhatTheyShare() {
    noClasses()
        .that()
        .resideInAnyPackage(DOMAIN, PROVIDERS, AWS, LAMBDA)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(FUNCTIONS)
        .because("dependencies point one way, from functions to what they share")
        .check(CLASSES);
  }

  @Test
  void shouldKeepFunctionsApart() {
    slices()
        .matching("io.riffhook.(submit|callback|download|check|notify|api|authorizer)..")
        .should()
        .notDependOnEachOther()
        .because("each is deployed by itself, in a zip that holds only what it needs")
        .check(CLASSES);
  }

  @Test
  void shouldKeepS3OutOfWhatSomebodyWaitsFor() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.riffhook.submit..", "io.riffhook.callback..", "io.riffhook.authorizer..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "software\\.amazon\\.awssdk\\.services\\.s3\\..*|io\\.riffhook\\.aws\\.S3.*")
        .because("somebody waits for their answer, and S3's client costs start-up time")
        .check(CLASSES);
  }

  @Test
  void shouldKeepPowertoolsBehindItsSeams() {
    noClasses()
        .that()
        .resideOutsideOfPackages(LAMBDA, AWS)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon.lambda.powertools..")
        .because("logging and metrics have one seam, Telemetry, and settings another")
        .check(CLASSES);
  }

  @Test
  void shouldLetTheSimulatorShareNothing() {
    classes()
        .that()
        .resideInAPackage(SIMULATOR)
        .should()
        .onlyDependOnClassesThat(
            resideInAPackage(SIMULATOR).or(resideOutsideOfPackage("io.riffhook..")))
        .because("a fake that shared code with its client would share its mistakes")
        .check(CLASSES);
  }

  @Test
  void shouldKeepOneMachineOutOfWhatIsDeployed() {
    noClasses()
        .that()
        .resideOutsideOfPackage(LOCAL)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(LOCAL)
        .because("what runs on one machine only must never be part of a deployment")
        .check(CLASSES);
  }

  @Test
  void shouldKeepTheSimulatorOutOfWhatIsDeployed() {
    noClasses()
        .that()
        .resideOutsideOfPackages(LOCAL, SIMULATOR)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(SIMULATOR)
        .because("no fake provider belongs into a deployment")
        .check(CLASSES);
  }
}
