package io.riffhook.local.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HandlerFactoryTest {

  @Test
  void shouldMakeANewHandlerEachTime() {
    HandlerFactory handlers = HandlerFactory.of(EchoFunction.class.getName(), Map.of());

    assertThat(handlers.create()).isInstanceOf(EchoFunction.class).isNotSameAs(handlers.create());
  }

  @Test
  void shouldSayWhatIsWrongWithAHandler() {
    assertThatThrownBy(() -> HandlerFactory.of("io.riffhook.Gone", Map.of()))
        .hasMessage("handler class io.riffhook.Gone is not on the class path");
    assertThatThrownBy(() -> HandlerFactory.of("java.lang.String", Map.of()))
        .hasMessage("java.lang.String is not a RequestStreamHandler");
  }
}
