extension Act {
  /// Modalities send images to the archive: bulk one way over DICOM.
  static let imaging = Act("imaging") { scene, span in
    for modality in scene.room.modalities {
      let port: UInt16 = scene.random.chance(0.5) ? 104 : 11112
      for time in scene.arrivals(span, mean: 90e6) {
        var talk = Conversation(&scene, at: time, modality, scene.room.archive, port: port)
        talk.loss = 0.0005
        talk.open(&scene)
        talk.say(.client, DICOM.associate(1, &scene.random), &scene)
        talk.wait(Int64(scene.random.exponential(8000)), &scene)
        talk.say(.server, DICOM.associate(2, &scene.random), &scene)
        for _ in 0..<scene.random.number(1...6) {
          let size = Int(scene.random.spread(20_000...800_000))
          talk.say(.client, DICOM.unit(4, scene.random.bytes(size)), &scene)
          talk.wait(Int64(scene.random.exponential(20_000)), &scene)
          talk.say(.server, DICOM.unit(4, scene.random.bytes(120)), &scene)
        }
        talk.say(.client, DICOM.release, &scene)
        talk.say(.server, DICOM.released, &scene)
        talk.close(.client, &scene)
      }
    }
  }

  /// Cameras at beds: RTP over UDP to a viewer, for stretches of time.
  static let video = Act("video") { scene, span in
    for camera in scene.room.cameras {
      let viewer =
        scene.random.chance(0.7) ? scene.room.viewer : scene.random.pick(scene.room.stations)
      for time in scene.arrivals(span, mean: 150e6) {
        let end = min(span.upperBound, time + Int64(scene.random.spread(3e6...25e6)))
        stream(from: camera, to: viewer, time..<end, &scene)
      }
    }
  }

  private static func stream(
    from camera: Host, to viewer: Host, _ span: Range<Int64>, _ scene: inout Scene
  ) {
    let ports = (
      UInt16(scene.random.number(5000...32000)) * 2, UInt16(scene.random.number(8000...32000)) * 2
    )
    let source = camera.at(ports.0)
    let sink = viewer.at(ports.1)
    scene.note(source.address, sink.address)
    let frames = scene.random.real(5...30)
    let frameSize = Int(scene.random.spread(1500...14_000))
    var sequence = scene.random.word16()
    let identity = scene.random.word32()
    for time in scene.moments(span, every: 1e6 / frames, jitter: 0.05) {
      var left = Int(Double(frameSize) * scene.random.real(0.6...1.5))
      var at = time
      while left > 0 {
        var packet: [UInt8] = [0x80, left <= 1200 ? 0xE0 : 0x60]
        packet.put(sequence)
        packet.put(UInt32(truncatingIfNeeded: time / 11))
        packet.put(identity)
        scene.wire.udp(at, source, sink, packet + scene.random.bytes(min(left, 1200)))
        sequence &+= 1
        left -= 1200
        at += Int64(scene.random.exponential(60)) + 12
      }
    }
    let reports = (Endpoint(source, port: ports.0 + 1), Endpoint(sink, port: ports.1 + 1))
    for time in scene.moments(span, every: 5e6) {
      scene.wire.udp(time, reports.0, reports.1, [0x80, 200, 0, 6] + scene.random.bytes(24))
      scene.wire.udp(time + 9000, reports.1, reports.0, [0x81, 201, 0, 7] + scene.random.bytes(28))
    }
  }
}

extension Endpoint {
  /// The same machine at another port.
  init(_ other: Endpoint, port: UInt16) {
    self = other
    self.port = port
  }
}
