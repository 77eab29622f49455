/**
 * Plays EventBridge on one machine: the buses, rules and pipes that template.yaml declares, and the
 * call that puts events.
 */
@NullMarked
package io.riffhook.local.bus;

import org.jspecify.annotations.NullMarked;
