package io.riffhook.simulation;

import io.riffhook.domain.Status;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts of one world, or of many. */
final class Tally {
  long worlds;
  long jobs;
  long steps;
  long deaths;
  long outages;
  long callbacks;
  long forged;
  long strangers;
  long deadLetters;
  long bought;
  long boughtTwiceUnavoidably;
  long paidAndUnheard;
  long songsUnheard;
  long published;
  long publishedAgain;
  long told;
  long toldAgain;
  long costs;
  long refused;
  long batches;
  final Map<Topic.Kind, Integer> mostAtOnce = new EnumMap<>(Topic.Kind.class);
  final Map<Topic.Kind, Integer> mostInAll = new EnumMap<>(Topic.Kind.class);
  final Map<Status, Long> byStatus = new EnumMap<>(Status.class);
  final Map<String, Long> byReason = new TreeMap<>();

  /** Notes how many messages of one topic there were, at once and in all. */
  void messages(Topic.Kind kind, int atOnce, int inAll) {
    mostAtOnce.merge(kind, atOnce, Math::max);
    mostInAll.merge(kind, inAll, Math::max);
  }

  void add(Tally other) {
    worlds += other.worlds;
    jobs += other.jobs;
    steps += other.steps;
    deaths += other.deaths;
    outages += other.outages;
    callbacks += other.callbacks;
    forged += other.forged;
    strangers += other.strangers;
    deadLetters += other.deadLetters;
    bought += other.bought;
    boughtTwiceUnavoidably += other.boughtTwiceUnavoidably;
    paidAndUnheard += other.paidAndUnheard;
    songsUnheard += other.songsUnheard;
    published += other.published;
    publishedAgain += other.publishedAgain;
    told += other.told;
    toldAgain += other.toldAgain;
    costs += other.costs;
    refused += other.refused;
    batches += other.batches;
    other.mostAtOnce.forEach((kind, most) -> mostAtOnce.merge(kind, most, Math::max));
    other.mostInAll.forEach((kind, most) -> mostInAll.merge(kind, most, Math::max));
    other.byStatus.forEach((status, count) -> byStatus.merge(status, count, Long::sum));
    other.byReason.forEach((reason, count) -> byReason.merge(reason, count, Long::sum));
  }
}
