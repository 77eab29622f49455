/** What can be set on a simulator, before and while it runs. */
@NullMarked
package io.riffhook.simulator.settings;

import org.jspecify.annotations.NullMarked;
