package io.riffhook.local.policies;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Records what the functions call. The SDK makes one for each client and presigner, because a file
 * on the class path names this class; whose client it is shows the stack on which it is made. So
 * calls are known by their function on any thread. Clients that no function made, such as those of
 * tests, are left out.
 */
public final class AwsCallRecorder implements ExecutionInterceptor {
  private static final Pattern FUNCTION =
      Pattern.compile("io\\.riffhook\\.(?!lambda\\.)[a-z]+\\.([A-Z]\\w*Function)");

  private static final int NOT_FOUND = 404;

  private final Optional<String> function;
  private final CallLog log;

  public AwsCallRecorder() {
    this(CallLog.ofThisJvm());
  }

  AwsCallRecorder(CallLog log) {
    this.log = log;
    this.function =
        StackWalker.getInstance()
            .walk(stack -> functionOf(stack.map(StackWalker.StackFrame::getClassName)));
  }

  /** The function among the classes of a stack. */
  static Optional<String> functionOf(Stream<String> stack) {
    return stack
        .map(FUNCTION::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .findFirst();
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    function.ifPresent(
        name -> required(name, attributes).of(context.request()).forEach(log::called));
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    if (context.exception() instanceof AwsServiceException e && e.statusCode() == NOT_FOUND) {
      function.ifPresent(
          name -> required(name, attributes).ofNotFound(context.request()).forEach(log::called));
    }
  }

  private static RequiredPermissions required(String function, ExecutionAttributes attributes) {
    return new RequiredPermissions(
        function,
        attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME)
            + " "
            + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
  }
}
