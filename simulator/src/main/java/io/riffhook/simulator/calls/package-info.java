/** What the calls of every provider share: reading fields, faults of creates, and calling back. */
@NullMarked
package io.riffhook.simulator.calls;

import org.jspecify.annotations.NullMarked;
