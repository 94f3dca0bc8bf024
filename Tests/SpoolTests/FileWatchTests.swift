import Glibc
import Spool
import Testing

struct FileWatchTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func `a file replaced by rename is told once`() throws {
    scratch.put("whitelist.txt", "old")
    let watch = try FileWatch("\(scratch.path)/whitelist.txt")
    #expect(try !watch.takeChange())
    scratch.put("whitelist.txt~", "new")
    scratch.move("whitelist.txt~", to: "whitelist.txt")
    #expect(becomesReadable(watch.pollDescriptor))
    #expect(try watch.takeChange())
    #expect(try !watch.takeChange())
  }

  @Test func `a file written in place is told when it is closed`() throws {
    scratch.put("whitelist.txt", "old")
    let watch = try FileWatch("\(scratch.path)/whitelist.txt")
    let file = open("\(scratch.path)/whitelist.txt", O_WRONLY | O_APPEND)
    #expect(write(file, "more", 4) == 4)
    #expect(try !watch.takeChange())
    close(file)
    #expect(becomesReadable(watch.pollDescriptor))
    #expect(try watch.takeChange())
  }

  @Test func `a file that was not there may come`() throws {
    let watch = try FileWatch("\(scratch.path)/model")
    scratch.put("model")
    #expect(becomesReadable(watch.pollDescriptor))
    #expect(try watch.takeChange())
  }

  @Test func `its neighbours are nobody's business`() throws {
    let watch = try FileWatch("\(scratch.path)/model")
    scratch.put("model.old")
    #expect(becomesReadable(watch.pollDescriptor))
    #expect(try !watch.takeChange())
  }

  @Test func `a folder that is not there is an error`() {
    let error = #expect(throws: SpoolError.self) { try FileWatch("\(scratch.path)/none/model") }
    #expect(error?.code == ENOENT)
  }
}
