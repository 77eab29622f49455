package io.riffhook.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.Operation;
import io.riffhook.domain.Option;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SongOptionTest {

  @ParameterizedTest
  @EnumSource
  void shouldLetTheCommandLineSayEveryOptionThatThereIs(Option option) {
    assertThat(SongOption.wordsOf(option.field())).isNotEmpty();
  }

  @Test
  void shouldNameOnlyOptionsThatTheCommandHas() {
    List<String> names =
        Cli.command(new Cli().commands(), "song").getCommandSpec().options().stream()
            .map(option -> option.longestName())
            .toList();

    assertThat(Arrays.stream(SongOption.values()).map(SongOption::word))
        .filteredOn(word -> word.startsWith("--"))
        .isNotEmpty()
        .allMatch(names::contains);
  }

  @ParameterizedTest
  @EnumSource
  void shouldAskForASourceWhereThereIsNothingElse(Operation.Kind operation) {
    assertThat(SongOption.needsSource(operation))
        .isEqualTo(operation != Operation.Kind.PROMPT && operation != Operation.Kind.COMPOSE);
    assertThat(SongOption.SOURCE.belongsTo(operation))
        .isEqualTo(operation != Operation.Kind.PROMPT);
  }
}
