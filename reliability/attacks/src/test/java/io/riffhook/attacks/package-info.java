/**
 * What the attack tests and the fuzz tests share: invocations, odd documents, a system in memory.
 */
@NullMarked
package io.riffhook.attacks;

import org.jspecify.annotations.NullMarked;
