/** What Riffhook's own code costs, without the network: JMH. */
@NullMarked
package io.riffhook.bench.inside;

import org.jspecify.annotations.NullMarked;
