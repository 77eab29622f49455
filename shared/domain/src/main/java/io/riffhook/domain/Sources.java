package io.riffhook.domain;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of ours that operations start from, as their providers know them. */
public final class Sources {
  private final JobStore jobs;
  private final SongStore songs;
  private final UploadStore uploads;
  private final Registrations registrations;
  private final InstantSource clock;

  public Sources(
      JobStore jobs,
      SongStore songs,
      UploadStore uploads,
      Registrations registrations,
      InstantSource clock) {
    this.jobs = jobs;
    this.songs = songs;
    this.uploads = uploads;
    this.registrations = registrations;
    this.clock = clock;
  }

  /**
   * What an owner's request starts from.
   *
   * @param maker the provider that made the song that it starts from
   * @param errors what is wrong with it
   */
  public record Checked(Optional<String> maker, List<FieldError> errors) {
    public Checked {
      errors = List.copyOf(errors);
    }
  }

  /** Looks at what an owner's operation starts from. */
  public Checked check(Owner owner, Operation operation) {
    List<FieldError> errors = new ArrayList<>();
    operation.image().flatMap(id -> wrong(owner, id, "/image", "image/")).ifPresent(errors::add);
    Optional<Song> song = Optional.empty();
    switch (operation.source().orElse(null)) {
      case Source.OfSong of -> {
        song = songs.find(of.song()).filter(found -> found.owner().equals(owner));
        if (song.isEmpty()) {
          errors.add(new FieldError("/source/songId", "is no song of yours"));
        }
      }
      case Source.OfUpload of ->
          wrong(owner, of.upload(), "/source/uploadId", "audio/").ifPresent(errors::add);
      case null -> {
        // It starts from nothing.
      }
    }
    return new Checked(song.map(Song::provider), errors);
  }

  private Optional<FieldError> wrong(Owner owner, UploadId id, String pointer, String type) {
    Optional<Upload> upload = uploads.find(id).filter(found -> found.owner().equals(owner));
    if (upload.isEmpty()) {
      return Optional.of(new FieldError(pointer, "is no upload of yours"));
    }
    return switch (upload.get().state()) {
      case Upload.Pending _ -> Optional.empty();
      case Upload.Failed failed ->
          Optional.of(new FieldError(pointer, "failed: " + failed.reason().detail()));
      case Upload.Stored stored ->
          stored.file().contentType().startsWith(type)
              ? Optional.empty()
              : Optional.of(
                  new FieldError(
                      pointer,
                      "is " + stored.file().contentType() + ", and must be " + type + "…"));
    };
  }

  /** What a provider needs of a job's files, all of which it has. */
  public record Ready(Optional<Provider.Audio> source, Optional<String> image) {}

  /** What the provider of a job has of its files, or nothing where something is yet to be given. */
  public Optional<Ready> ready(Job job, Capabilities provider) {
    Operation operation = job.request().operation();
    Optional<Provider.Audio> source = Optional.empty();
    if (operation.source().isPresent()) {
      source =
          own(operation, provider)
              .or(() -> usable(operation.source().get(), provider).map(Provider.Audio.Given::new));
      if (source.isEmpty()) {
        return Optional.empty();
      }
    }
    if (operation.image().isEmpty()) {
      return Optional.of(new Ready(source, Optional.empty()));
    }
    Optional<String> image = usable(new Source.OfUpload(operation.image().get()), provider);
    return image.isPresent() ? Optional.of(new Ready(source, image)) : Optional.empty();
  }

  /** The source as a song that the provider made, where it takes those as they are. */
  Optional<Provider.Audio> own(Operation operation, Capabilities provider) {
    boolean takes =
        provider
            .can(operation.kind())
            .filter(can -> can.sources() != Capabilities.Sources.FILES)
            .isPresent();
    if (!takes || !(operation.source().orElse(null) instanceof Source.OfSong of)) {
      return Optional.empty();
    }
    return songs
        .find(of.song())
        .filter(song -> song.provider().equals(provider.provider()))
        .map(
            song ->
                new Provider.Audio.Made(
                    song.providerSong(), jobs.find(song.id().job()).flatMap(Job::account)));
  }

  private Optional<String> usable(Source source, Capabilities provider) {
    return registrations
        .find(source, provider.provider())
        .flatMap(
            known ->
                known instanceof Registration.Usable usable && usable.holds(clock.instant())
                    ? Optional.of(usable.id())
                    : Optional.empty());
  }
}
