package io.riffhook.local.policies;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Records which test classes ran: a permission can only be called unused if all of them did. */
public final class TestClassRecorder implements TestExecutionListener {

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    record(test);
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    record(test);
  }

  private static void record(TestIdentifier test) {
    if (test.getSource().orElse(null) instanceof ClassSource source) {
      CallLog.ofThisJvm().ran(source.getClassName());
    }
  }
}
