/**
 * What is behind SLF4J on Lambda. Powertools would have Log4j there, or Logback: of a cold start of
 * the callback function, Log4j and its JSON layout were a quarter (docs/decisions.md).
 */
@NullMarked
package io.riffhook.logging;

import org.jspecify.annotations.NullMarked;
